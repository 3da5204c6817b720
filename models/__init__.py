"""The allocation model: a case in, an allocation out. Pyomo and HiGHS live here and nowhere else."""

from models.plan import TimeUpError, clash_of, make_plan

__all__ = ["TimeUpError", "clash_of", "make_plan"]
