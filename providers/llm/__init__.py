"""Language models that answer in JSON, behind one interface."""
