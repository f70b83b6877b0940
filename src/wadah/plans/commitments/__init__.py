"""What members have promised: written through `services` alone, and the hours that are left for a further promise."""
