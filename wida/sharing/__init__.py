"""Infodeling: what each partner knows and shares, in a lane of its own, on which ground and read by whom."""
