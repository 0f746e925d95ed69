"""Sound that comes as a stream of WebM, decoded piece by piece as it comes.

What a stranger's browser sends goes through FFmpeg, which may crash, hang or eat memory on bytes that were made for it.
Three ways to keep that out of the server, measured on a busy two-core machine:

| way                                        | memory a stream | to begin one | what a bad stream takes with it |
|--------------------------------------------|-----------------|--------------|---------------------------------|
| a child a stream, started as Python starts | 15 MB           | 320 ms       | itself                          |
| one child, a thread a stream               | 0.4 MB          | 1 ms         | every other stream              |
| one nursery that forks a process a stream  | 4.4 MB          | 23 ms        | itself                          |

So a process with PyAV loaded (`nursery`) waits, and forks one for each stream, which shares what is loaded and has its
own limits of memory and time. 100 ms of sound take 0.7 ms there and back. A stream whose process died goes on in a new
one, which is fed the recording's header first.
"""
