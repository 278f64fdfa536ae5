"""What the dashboard sends over a real sshd stays within its budget."""

import pytest

ssh = pytest.importorskip("bench.ssh")


@pytest.mark.parametrize(("size", "limit"), [((80, 24), 10.0), ((200, 60), 25.0)])
def test_traffic(size: tuple[int, int], limit: float) -> None:
    if not ssh.is_installed():
        pytest.skip("there is no sshd")
    found = ssh.traffic(*size, seconds=8.0)
    assert found.frames_per_second > 0
    assert 0 < found.kilobytes_per_second <= limit
