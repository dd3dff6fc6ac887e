"""A door that passes every line on to the real one, and meddles with the file under way: named in WHOLEPLACE_DOOR, it
replaces the file that was opened last, once, before the question that MEDDLE_BEFORE numbers.

MEDDLE_REAL is the real program, MEDDLE_WITH the file to put in its place, or empty to take the file away.
"""

import os
import pathlib
import shutil
import subprocess
import sys


def main():
    real = subprocess.Popen([os.environ["MEDDLE_REAL"]], stdin=subprocess.PIPE, stdout=sys.stdout)
    before, other = int(os.environ["MEDDLE_BEFORE"]), os.environ["MEDDLE_WITH"]
    opened, runs = None, 0
    for line in sys.stdin.buffer:
        if line.startswith(b"open\t"):
            opened = pathlib.Path(line.decode().rstrip("\n").split("\t")[2])
        if line.startswith(b"run\t"):
            runs += 1
            if runs == before:
                opened.unlink()
                if other:
                    shutil.copy(other, opened)
        real.stdin.write(line)
        real.stdin.flush()
    real.stdin.close()
    real.wait()


main()
