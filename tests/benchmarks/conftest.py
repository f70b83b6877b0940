"""benchmarks/ lies beside src and isn't installed, so these tests add it to what can be imported."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))
