"""The offline parser: rules and word lists in four languages, no network. Its door is `assembly.parse`."""
