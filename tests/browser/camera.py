"""A picture as the video file that Chromium takes for a camera."""

from pathlib import Path

import av
from PIL import Image

FRAMES = 30
SIZE = (640, 480)


def write_y4m(picture: Path, target: Path) -> None:
    """`picture` at 640×480, 15 frames a second; Chromium repeats the file."""
    with Image.open(picture) as opened:
        frame = av.VideoFrame.from_image(opened.convert("RGB").resize(SIZE)).reformat(format="yuv420p")
    planes = b"".join(tight(plane) for plane in frame.planes)
    header = f"YUV4MPEG2 W{SIZE[0]} H{SIZE[1]} F15:1 Ip A1:1 C420jpeg\n".encode()
    target.write_bytes(header + (b"FRAME\n" + planes) * FRAMES)


def tight(plane: av.video.plane.VideoPlane) -> bytes:
    """The plane without the padding at its lines' ends."""
    whole = bytes(plane)
    lines = (whole[at : at + plane.width] for at in range(0, plane.line_size * plane.height, plane.line_size))
    return b"".join(lines)
