"""Real people: 712 young adults of Northern Ireland, followed month by month for six years.

Source: the data set `mvad` of D. McVicar and M. Anyadike-Danes, "Predicting successful and
unsuccessful transitions from school to work by using sequence methods", Journal of the Royal
Statistical Society A 165 (2002), 317-334; widely distributed with the R package TraMineR. It is
read from the installed package `sequenzo`, which is never imported.
"""
