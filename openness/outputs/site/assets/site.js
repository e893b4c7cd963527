"use strict";
(() => {
  const state = () => new URLSearchParams(location.hash.slice(1));
  const keep = (wanted) => {
    for (const [key, value] of [...wanted]) if (!value) wanted.delete(key);
    history.replaceState(null, "", `#${wanted}`);
  };
  const make = (name, words, attributes = {}) => {
    const made = document.createElement(name);
    if (words !== undefined) made.textContent = words;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const board = document.getElementById("board");
  if (board) {
    const form = document.getElementById("filter");
    const shown = document.getElementById("shown");
    const body = board.tBodies[0];
    const heads = [...board.tHead.rows[0].cells];
    const keys = heads.map((head) => head.dataset.key);
    const figure = (words) => {
      const [low, high] = words.split("–").map(parseFloat);
      return Number.isNaN(low) ? -1 : low + (high || low) / 1000;
    };
    const rows = [...body.rows].map((row, place) => {
      const cells = [...row.cells].map((cell) => [...cell.childNodes].map((part) => part.textContent).join("\n"));
      return { row, place, words: cells.map((cell) => cell.toLowerCase()), licence: cells[2],
        figures: cells.map(figure), verdicts: row.dataset.v.split(" ") };
    });
    const filter = () => {
      const wanted = state();
      const [q, verdict, licence] = ["q", "verdict", "licence"].map((key) => wanted.get(key) || "");
      const least = parseFloat(wanted.get("min"));
      const column = Math.max(keys.indexOf(wanted.get("in") || "score"), 3);
      const parts = q.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const each of rows) {
        const fits = (!verdict || each.verdicts.includes(verdict)) && (!licence || each.licence === licence) &&
          !(each.figures[column] < least) &&
          parts.every((part) => each.words[0].includes(part) || each.words[1].includes(part));
        if (each.row.hidden === fits) each.row.hidden = !fits;
        count += fits;
      }
      shown.textContent = `${count} of ${rows.length} releases shown`;
    };
    let order = "";
    const sort = () => {
      const said = state().get("sort") || "";
      if (said === order) return;
      order = said;
      const falling = said.startsWith("-");
      const column = keys.indexOf(falling ? said.slice(1) : said);
      heads.forEach((head, place) => head.setAttribute("aria-sort",
        place !== column ? "none" : falling ? "descending" : "ascending"));
      const sorted = [...rows].sort((a, b) => {
        if (column < 0) return a.place - b.place;
        const by = column > 2 ? a.figures[column] - b.figures[column]
          : a.words[column] < b.words[column] ? -1 : +(a.words[column] > b.words[column]);
        return (falling ? -by : by) || a.place - b.place;
      });
      body.append(...sorted.map((each) => each.row));
    };
    heads.forEach((head, place) => {
      const button = make("button", head.textContent, { type: "button" });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const wanted = state();
        const key = keys[place];
        const first = place > 2 ? `-${key}` : key;
        wanted.set("sort", wanted.get("sort") === first ? (place > 2 ? key : `-${key}`) : first);
        keep(wanted);
        sort();
      });
    });
    const read = () => {
      const wanted = state();
      for (const field of form.elements) if (field.name) field.value = wanted.get(field.name) || (field.name === "in" ? "score" : "");
      sort();
      filter();
    };
    form.addEventListener("input", () => {
      const wanted = state();
      for (const field of form.elements) if (field.name) wanted.set(field.name, field.value);
      if (!wanted.get("min")) wanted.delete("in");
      keep(wanted);
      filter();
    });
    form.addEventListener("reset", (event) => { event.preventDefault(); keep(new URLSearchParams()); read(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", read);
    form.hidden = shown.hidden = false;
    read();
  }

  const pair = document.getElementById("pair");
  if (pair) {
    const data = JSON.parse(document.getElementById("data").textContent);
    const names = { "✓": "yes", "✗": "no", "~": "partly", "?": "undecided", "·": "does not apply" };
    const tones = { "✓": "yes", "✗": "no", "~": "part", "?": "open", "·": "none" };
    const bySlug = new Map(data.releases.map((each) => [each.slug, each]));
    for (const field of [pair.elements.a, pair.elements.b])
      field.append(...data.releases.map((each) => make("option", each.name === each.id ? each.id : `${each.name} (${each.id})`, { value: each.slug })));
    const line = (title, cells, head = "th") => {
      const row = make("tr");
      row.append(make(head, title, { scope: "row" }), ...cells);
      return row;
    };
    const draw = () => {
      const wanted = state();
      const last = data.releases.length - 1;
      const two = [bySlug.get(wanted.get("a")) || data.releases[0], bySlug.get(wanted.get("b")) || data.releases[last]];
      pair.elements.a.value = two[0].slug;
      pair.elements.b.value = two[1].slug;
      pair.elements.differ.checked = wanted.get("differ") === "1";
      const table = make("table", undefined, { class: "compared" });
      const head = make("thead");
      head.append(make("tr"));
      head.rows[0].append(make("td"), ...two.map((each) => {
        const cell = make("th", undefined, { scope: "col" });
        cell.append(make("a", each.name, { href: `releases/${each.slug}.html` }));
        return cell;
      }));
      const body = make("tbody");
      const plain = (title, cells) => {
        if (pair.elements.differ.checked && cells[0] === cells[1]) return;
        body.append(line(title, cells.map((words) => make("td", words))));
      };
      plain("Verdict", two.map((each) => each.headline));
      plain("Licence", two.map((each) => each.licence));
      plain("Openness", two.map((each) => `${each.score} %`));
      data.dimensions.forEach(([id, title], place) => {
        const asked = data.questions.map((each, number) => [each, number]).filter(([each]) => each[2] === id)
          .filter(([, number]) => !pair.elements.differ.checked || two[0].marks[number] !== two[1].marks[number] || two[0].said[number] !== two[1].said[number]);
        if (pair.elements.differ.checked && !asked.length && two[0].figures[place] === two[1].figures[place]) return;
        const row = line(title, two.map((each) => make("td", `${each.figures[place]} %`)));
        row.className = "part";
        body.append(row);
        for (const [question, number] of asked)
          body.append(line(question[1], two.map((each) => {
            const cell = make("td");
            const mark = each.marks[number];
            cell.append(make("span", mark, { class: `sign ${tones[mark]}`, role: "img", "aria-label": names[mark] }),
              ` ${data.sentences[each.said[number]]}`);
            return cell;
          })));
      });
      table.append(head, body);
      document.getElementById("compared").replaceChildren(table);
    };
    pair.addEventListener("input", () => {
      const wanted = state();
      wanted.set("a", pair.elements.a.value);
      wanted.set("b", pair.elements.b.value);
      wanted.set("differ", pair.elements.differ.checked ? "1" : "");
      keep(wanted);
      draw();
    });
    addEventListener("hashchange", draw);
    pair.hidden = false;
    draw();
  }
})();
