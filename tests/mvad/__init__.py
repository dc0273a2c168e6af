"""Real people: 712 young adults of Northern Ireland, followed month by month for six years.

`notebooks/mvad.py` names the source and makes a delivery of it.
"""
