"""Doors for tests to functions that only compiled code calls."""

from numba import njit


def door(function):
    """A function of Python's that calls the compiled one."""

    @njit
    def opened(*values):
        return function(*values)

    return opened
