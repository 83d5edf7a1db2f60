"""How much of the server one import may take. Imported by both processes, so it imports nothing itself."""

SECONDS = 10
CPU_SECONDS = 10
MEMORY = 300 * 1024 * 1024
# Of one file that is written on the way: the answer, LibreOffice's profile, its .docx.
LARGEST_OUTPUT = 64 * 1024 * 1024
# How long an upload waits for its turn while others are read.
PATIENCE = 15
