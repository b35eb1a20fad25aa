"""Django's database engine of this project: factcheck/engine/base.py has it, under the name that Django looks for."""
