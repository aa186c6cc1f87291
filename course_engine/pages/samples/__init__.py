"""Samples: any course's certificate for any name, before anybody earns one."""
