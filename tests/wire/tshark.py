"""Wireshark's reader of pcap files."""

import shutil
import subprocess

from sip_caller import Failure

CHECKS = ["-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"]


SUMS = ("ip.checksum.status", "udp.checksum.status")


def read(file, *fields, sip_port=None):
    """The fields of each packet in a pcap file, as tshark prints them."""
    program = shutil.which("tshark")
    if not program:
        raise Failure("tshark is not installed")
    decode = ["-d", f"udp.port=={sip_port},sip"] if sip_port else []
    command = [program, "-r", str(file), *CHECKS, *decode, "-T", "fields"]
    for field in fields:
        command += ["-e", field]
    done = subprocess.run(command, capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Failure(f"tshark: {done.stderr.decode('utf-8', 'replace')[-400:]}")
    return [line.split("\t") for line in done.stdout.decode("utf-8", "replace").splitlines()]


def read_checked(file, *fields, **options):
    """The same in the order of their times, which is not that of the file where threads wrote it;
    and the checksums of all packets are right."""
    table = sorted(read(file, "frame.time_epoch", *SUMS, *fields, **options))
    table = [row[1:] for row in table]
    for row in table:
        if row[0] not in ("1", "") or row[1] != "1":  # 1: good; IPv6 has no sum of its own
            raise Failure(f"tshark finds a bad checksum: {row}")
    return [row[len(SUMS):] for row in table]
