"""The allocation model: a case in, an allocation out. Pyomo and HiGHS live here and nowhere else."""

from models.plan import TimeUpError, make_plan

__all__ = ["TimeUpError", "make_plan"]
