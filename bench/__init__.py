"""What is measured outside the tests: each folder writes a page of docs/ with one command."""
