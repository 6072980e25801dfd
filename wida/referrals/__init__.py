"""Aanmelding: the admission criteria, the prosecutor's clearance, and the coordinator's decision."""
