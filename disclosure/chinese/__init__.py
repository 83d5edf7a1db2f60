"""How Chinese text says numbers, days, amounts and the names of documents. Pure."""
