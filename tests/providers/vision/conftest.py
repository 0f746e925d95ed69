"""One face counter for all tests: it takes 1.4 s to make."""

import pytest

from providers.vision.mediapipe import MediaPipeFaceCounter


@pytest.fixture(scope="package")
def counter() -> MediaPipeFaceCounter:
    return MediaPipeFaceCounter()
