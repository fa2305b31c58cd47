"""Values → text for people: a module a kind of value, so that asking does not load what reading needs."""
