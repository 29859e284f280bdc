"""G.722 and Opus to 8 kHz PCM, by the libraries themselves: spandsp and libopus through ctypes."""

import ctypes
import struct

FRAME_MAX = 5760  # samples: 120 ms at 48 kHz
G722_8K = 1  # spandsp: the lower half of the band only, which is 8 kHz


class G722:
    def __init__(self):
        self.library = ctypes.CDLL("libspandsp.so.2")
        self.library.g722_decode_init.restype = ctypes.c_void_p
        self.state = ctypes.c_void_p(self.library.g722_decode_init(None, 64000, G722_8K))

    def decode(self, payload):
        samples = (ctypes.c_int16 * (2 * len(payload)))()
        count = self.library.g722_decode(self.state, samples, payload, len(payload))
        return struct.pack(f"<{count}h", *samples[:count])


class Opus:
    def __init__(self):
        self.library = ctypes.CDLL("libopus.so.0")
        self.library.opus_decoder_create.restype = ctypes.c_void_p
        error = ctypes.c_int()
        self.state = ctypes.c_void_p(self.library.opus_decoder_create(8000, 1, ctypes.byref(error)))

    def decode(self, payload):
        samples = (ctypes.c_int16 * FRAME_MAX)()
        count = self.library.opus_decode(self.state, payload, len(payload), samples, FRAME_MAX, 0)
        if count < 0:
            return b""
        return struct.pack(f"<{count}h", *samples[:count])
