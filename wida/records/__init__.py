"""What every written thing in a case file shares: an id, an owner organisation, an author, a version, a seal."""
