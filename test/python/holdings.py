"""What a device holds of each conversation, and how it says so in few bytes."""
M32 = 0xFFFFFFFF


class Log:
    """What this device holds of one conversation: a run of entries without a gap, and what lies beyond one (SYN-3)."""

    def __init__(self):
        self.to_seq, self.held, self.cursors, self.fetching = 0, {}, {}, False

    def take(self, entries):
        """Applies what follows, holds back the rest, drops what it has. Gives what was applied."""
        if self.to_seq == 0 and entries:
            self.to_seq = entries[0].seq - 1
        self.held.update((entry.seq, entry) for entry in entries if entry.seq > self.to_seq)
        applied = []
        while self.to_seq + 1 in self.held:
            self.to_seq += 1
            applied.append(self.held.pop(self.to_seq))
        return applied

    def move(self, user_id, delivered, read):  # RCP-3: merged by max
        old = self.cursors.get(user_id, (0, 0))
        self.cursors[user_id] = (max(old[0], delivered, read), max(old[1], read))


def mix(x):  # SYN-8
    x ^= x >> 16
    x = x * 2246822507 & M32
    x ^= x >> 13
    x = x * 3266489909 & M32
    return x ^ x >> 16


def conversation_hash(conversation_id):  # SYN-8
    a = b = 2166136261
    for byte in conversation_id.encode("ascii"):
        a = (a ^ byte) * 16777619 & M32
        b = (b ^ byte) * 2246822507 & M32
    return (mix(b) >> 16) << 32 | mix(a)


def position_digest(position):  # SYN-8
    digest = mix(position.conversation_hash & M32)
    for value in (position.conversation_hash >> 32, position.seq, position.cursor_sum):
        digest = mix(digest ^ value & M32)
    return digest
