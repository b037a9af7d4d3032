"""A client of Hongyan, written from spec/hongyan/v1/*.proto and spec/RULES.md alone. It keeps nothing over restarts.

    protoc --proto_path=spec --python_out=OUT spec/hongyan/v1/*.proto
    PYTHONPATH=OUT python3 test/python/client.py --server http://localhost:8080 --tcp localhost:8081 --handle ada --password ...

It reads commands (say HANDLE TEXT, read HANDLE, cut, quit) and writes what happens, one JSON object a line.
"""
import argparse, json, random, select, socket, struct, time, urllib.parse, urllib.request

from holdings import M32, Log, conversation_hash, position_digest
from hongyan.v1 import content_pb2, conversation_pb2, envelope_pb2 as wire, session_pb2, sync_pb2

PAGE = 200


def tell(event, **fields):
    print(json.dumps({"event": event, **fields}, ensure_ascii=False), flush=True)


class Rest:
    def __init__(self, server):
        self.server, self.token = server, None

    def call(self, method, path, body=None):
        headers = {"content-type": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.server + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=15) as answer:
            return json.load(answer)

    def sign_in(self, handle, password):
        session = self.call("POST", "/v1/sessions", {"handle": handle, "password": password, "deviceName": "python"})
        self.token = session["accessToken"]
        return session["userId"]

    def user_id(self, handle):
        people = self.call("GET", "/v1/people?" + urllib.parse.urlencode({"query": handle}))["people"]
        return next(person["userId"] for person in people if person["handle"] == handle)


class Client:
    def __init__(self, rest, user_id, address):
        self.rest, self.me, self.address = rest, user_id, address
        self.socket, self.buffer, self.last_id, self.asked = None, b"", 0, {}
        self.logs, self.outbox, self.user_seq = {}, {}, 0
        self.session_id, self.pushes, self.limits, self.spoke, self.compared = "", 0, None, 0.0, 0.0

    # The connection

    def connect(self):
        self.socket = socket.create_connection(self.address, timeout=10)
        self.buffer, self.asked = b"", {}
        for log in self.logs.values():
            log.fetching = False
        for message in self.outbox.values():
            message["under_way"] = False
        command = wire.Command()
        hello = command.hello
        hello.protocol_version, hello.access_token, hello.client = 1, self.rest.token, "python/1"
        hello.features.append(session_pb2.FEATURE_RECEIPTS)
        hello.holdings.user_seq = self.user_seq
        hello.holdings.positions.extend(self.positions())
        if self.session_id:
            hello.resume.session_id, hello.resume.pushes_received = self.session_id, self.pushes
        self.ask(command)

    def lost(self, why):
        if self.socket is not None:
            self.socket.close()
        self.socket, self.limits = None, None
        tell("offline", why=why)

    def cut(self):
        """As a network does it: without a word."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.lost("cut")

    def send(self, command):
        frame = command.SerializeToString()
        self.socket.sendall(struct.pack(">I", len(frame)) + frame)  # FRM-1
        self.spoke = time.monotonic()

    def ask(self, command):
        self.last_id += 1
        command.id = self.last_id
        self.asked[self.last_id] = command
        self.send(command)

    def receive(self):
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server ended the connection")
        self.buffer += data
        while len(self.buffer) >= 4:
            (length,) = struct.unpack(">I", self.buffer[:4])
            if len(self.buffer) < 4 + length:
                return
            frame = wire.ServerFrame.FromString(self.buffer[4 : 4 + length])
            self.buffer = self.buffer[4 + length :]
            if frame.WhichOneof("frame") == "reply":
                self.answered(frame.reply)
            else:
                self.pushed(frame.push)

    def rest_of_the_turn(self):
        """Sends what may be sent now; says something when nothing was said for long (SES-7)."""
        if self.limits is None:
            return
        for log_id, log in self.logs.items():
            if log.held and not log.fetching:
                log.fetching = True
                command = wire.Command()
                fetch = command.fetch_entries
                fetch.conversation_id, fetch.after_seq, fetch.limit = log_id, log.to_seq, PAGE
                self.ask(command)
        busy = {message["to"] for message in self.outbox.values() if message["under_way"]}
        for message_id, message in self.outbox.items():  # OUT-1, OUT-2
            if message["to"] in busy:
                continue
            busy.add(message["to"])
            message["under_way"] = True
            command = wire.Command()
            send = command.send_message
            send.conversation_id, send.client_message_id = message["to"], message_id
            send.client_time_ms, send.body = message["time"], message["body"]
            self.ask(command)
        if time.monotonic() - self.spoke > self.limits.heartbeat_interval_ms / 1000:
            self.ping()

    def compare(self):
        self.ping(compare=True)

    def ping(self, compare=False):
        command = wire.Command()
        command.ping.next_within_ms = 0
        if compare:
            command.ping.compare, command.ping.user_seq = True, self.user_seq
            command.ping.digest = sum(map(position_digest, self.positions())) & M32
        self.ask(command)

    # What the server says

    def answered(self, reply):
        asked, kind = self.asked.pop(reply.id, None), reply.WhichOneof("body")
        purpose = asked.WhichOneof("body") if asked else None
        if kind == "error":
            tell("refused", code=reply.error.code, message=reply.error.message)
            if purpose == "send_message":
                message_id = asked.send_message.client_message_id
                if reply.error.code >= 300 and message_id in self.outbox:  # OUT-4
                    time.sleep(max(reply.error.retry_after_ms, 500) / 1000)
                    self.outbox[message_id]["under_way"] = False
                else:
                    self.outbox.pop(message_id, None)
        elif kind == "welcome":
            resumed = reply.welcome.resumed
            if not resumed:
                self.session_id, self.pushes = reply.welcome.session_id, 0
            self.limits = reply.welcome.limits
            tell("welcome", resumed=resumed)
        elif kind == "message_sent":
            message_id = asked.send_message.client_message_id
            message = self.outbox.pop(message_id, None)
            if message:
                sent = reply.message_sent
                tell("sent", id=message_id, seq=sent.seq)
                entry = conversation_pb2.Entry(seq=sent.seq, sender_id=self.me, client_message_id=message_id, body=message["body"])
                self.applied(sent.conversation_id, [entry])
        elif kind == "entry_page":
            page = reply.entry_page
            self.logs[page.conversation_id].fetching = False
            self.applied(page.conversation_id, page.entries)
        elif kind == "pong" and reply.pong.differs:
            tell("differs")
            command = wire.Command()
            command.synchronise.holdings.user_seq = self.user_seq
            command.synchronise.holdings.positions.extend(self.positions())
            self.ask(command)

    def pushed(self, push):
        kind = push.WhichOneof("body")
        if kind == "closing":
            raise ConnectionError(f"closed with {push.closing.code}: {push.closing.reason}")
        self.pushes += 1
        if kind == "entry":
            self.applied(push.entry.conversation_id, [push.entry])
        elif kind == "conversation_update":
            state = push.conversation_update.state
            for cursor in state.cursors:
                self.log(state.conversation_id).move(cursor.user_id, cursor.delivered_seq, cursor.read_seq)
            self.applied(state.conversation_id, push.conversation_update.entries)
        elif kind == "receipt":
            receipt = push.receipt
            self.log(receipt.conversation_id).move(receipt.user_id, receipt.delivered_seq, receipt.read_seq)
            if receipt.user_id != self.me:
                tell("receipt", delivered=receipt.delivered_seq, read=receipt.read_seq)
        elif kind == "user_event" and push.user_event.seq == self.user_seq + 1:
            self.user_seq += 1
        elif kind == "synced":
            self.user_seq = max(self.user_seq, push.synced.user_seq)
            tell("synced")

    def log(self, conversation_id):
        return self.logs.setdefault(conversation_id, Log())

    def applied(self, conversation_id, entries):
        log = self.log(conversation_id)
        new = log.take(list(entries))
        for entry in new:
            mine = entry.sender_id == self.me
            if mine:
                self.outbox.pop(entry.client_message_id, None)  # OUT-3
            text = content_pb2.Content.FromString(entry.body).text.text
            tell("message", seq=entry.seq, mine=mine, text=text)
        if any(entry.sender_id != self.me for entry in new):
            self.advance(conversation_id, log.to_seq, 0)

    # What the person does

    def say(self, handle, text):
        content = content_pb2.Content()
        content.text.text = text
        message_id = "p%016x" % random.getrandbits(64)
        to = "direct." + ".".join(sorted((self.me, self.rest.user_id(handle))))
        now_ms = int(time.time() * 1000)
        self.outbox[message_id] = {"to": to, "body": content.SerializeToString(), "time": now_ms, "under_way": False}
        tell("queued", id=message_id)

    def read(self, handle):
        to = "direct." + ".".join(sorted((self.me, self.rest.user_id(handle))))
        self.advance(to, self.log(to).to_seq, self.log(to).to_seq)

    def advance(self, conversation_id, delivered, read):  # RCP-1, RCP-2; id 0 asks for no answer
        self.log(conversation_id).move(self.me, delivered, read)
        command = wire.Command()
        advance = command.advance_cursor
        advance.conversation_id, advance.delivered_seq, advance.read_seq = conversation_id, delivered, read
        self.send(command)

    def positions(self):
        for conversation_id, log in self.logs.items():
            if log.to_seq > 0:
                log.move(self.me, log.to_seq, 0)
                own_read = log.cursors[self.me][1]
                total = sum(delivered + read for delivered, read in log.cursors.values())
                yield sync_pb2.Position(
                    conversation_hash=conversation_hash(conversation_id), seq=log.to_seq, read_seq=own_read, cursor_sum=total
                )


def main():
    options = argparse.ArgumentParser()
    for name in ("server", "tcp", "handle", "password"):
        options.add_argument(f"--{name}", required=True)
    given = options.parse_args()
    host, port = given.tcp.rsplit(":", 1)
    rest = Rest(given.server)
    client = Client(rest, rest.sign_in(given.handle, given.password), (host, int(port)))
    commands = open(0, "rb", buffering=0)
    while True:
        try:
            if client.socket is None:
                client.connect()
            client.rest_of_the_turn()
            readable, _, _ = select.select([client.socket, commands], [], [], 1)
            if client.socket in readable:
                client.receive()
            if commands in readable:
                word, *rest_of_line = commands.readline().decode().split(maxsplit=2) or ["quit"]
                if word == "quit":
                    return
                getattr(client, word)(*(text.rstrip("\n") for text in rest_of_line))
        except OSError as error:
            client.lost(str(error))
            time.sleep(random.uniform(0.2, 1))  # CON-2


main()
