"""What people see: one package per part of the site."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint


def blueprints() -> tuple[Blueprint, ...]:
    """Return the blueprint of every package under ``pages``, each called ``pages`` in its views."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}.views").pages for name in names)
