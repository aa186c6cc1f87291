"""What people see: one package per part of the site."""
