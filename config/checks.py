"""`manage.py check`: what an operator has to know, naming the variable and the fix."""
