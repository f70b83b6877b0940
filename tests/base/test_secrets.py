"""Bank accounts are kept encrypted, and keys can be changed."""

import pytest

from wadah.base.secrets import KeyMissing, masked, secret_again, secret_keep, secret_read

NUMBER = "1234567890123456"


def test_what_is_kept_comes_back_and_does_not_show():
    kept = secret_keep(NUMBER)
    assert secret_read(kept) == NUMBER
    assert NUMBER not in kept
    assert secret_keep(NUMBER) != kept
    assert masked(NUMBER[-4:]) == "…3456"


def test_a_new_key_reads_the_old_and_what_is_kept_again_needs_only_the_new(settings):
    settings.SECRET_KEY, settings.FIELD_KEY = "secret", "old"
    kept = secret_keep(NUMBER)
    settings.FIELD_KEY = "new, old"
    again = secret_again(kept)
    assert secret_read(kept) == secret_read(again) == NUMBER
    settings.FIELD_KEY = "new"
    assert secret_read(again) == NUMBER
    with pytest.raises(KeyMissing):
        secret_read(kept)
    with pytest.raises(KeyMissing):
        secret_again(kept)


def test_what_was_kept_with_the_secret_key_is_read_after_a_key_of_its_own_is_set(settings):
    settings.FIELD_KEY = ""
    kept = secret_keep(NUMBER)
    settings.FIELD_KEY = "own"
    assert secret_read(kept) == NUMBER


def test_a_changed_byte_is_noticed():
    kept = secret_keep(NUMBER)
    with pytest.raises(KeyMissing):
        secret_read(kept[:-9] + ("A" if kept[-9] != "A" else "B") + kept[-8:])
