"""Situatiebeschrijving: forms of violence, incidents in time, measures, who of the family was informed."""
