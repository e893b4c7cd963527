"""Human findings: what people say of a release, merged openly with what probes found."""
