"""A small city at work, built once for all tests that stand in it."""

from standing import standing


@standing
def city(cast):
    from cast_city import city_build

    return city_build(cast)
