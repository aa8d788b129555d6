"""The peers of the benchmark that are written in Python: asyncpg and psycopg.

This is a worker as Sources/DeployStackBenchmarks/Workers has them: one JSON value a line on standard input and output. Each library is used as its
documentation shows for speed: prepared statements, binary results where there are any, uvloop, connections that are lent without resetting them.
"""

import asyncio
import json
import random
import resource
import sys
import time
import uuid
from datetime import datetime, timezone

try:
    import uvloop
except ImportError:  # It has no wheel for every machine.
    uvloop = None

ROWS = {"W2": 50, "W4": 20}
NOTIFICATION_COLUMNS = ["id", "user_id", "title", "message", "read", "created_at"]
COLUMN_LIST = ", ".join(f'"{name}"' for name in NOTIFICATION_COLUMNS)
INSERT = f'INSERT INTO "notifications" ({COLUMN_LIST}) VALUES ($1, $2, $3, $4, $5, $6)'
MESSAGE = "The satellites in eu-central-1 are updated tonight at 22:00 UTC and are back after some minutes."


class Asyncpg:
    """asyncpg: rows as records, jsonb as text."""

    @staticmethod
    async def open(setup):
        global asyncpg
        import asyncpg

        return await asyncpg.connect(setup["url"], database=setup["database"])

    @staticmethod
    def version():
        return f"asyncpg {asyncpg.__version__}"

    @staticmethod
    async def rows(connection, sql, parameters):
        return await connection.fetch(sql, *parameters)

    @staticmethod
    async def change(connection, sql, parameters):
        return int((await connection.execute(sql, *parameters)).rsplit(" ", 1)[1])

    @staticmethod
    async def copy(connection, rows):
        await connection.copy_records_to_table("notifications", records=rows, columns=NOTIFICATION_COLUMNS)

    @staticmethod
    async def execute_many(connection, sql, rows):
        await connection.executemany(sql, rows)

    @staticmethod
    async def stream(connection, sql, parameters):
        count = 0
        async with connection.transaction():
            async for _ in connection.cursor(sql, *parameters, prefetch=1000):
                count += 1
        return count


class Psycopg:
    """psycopg: rows as tuples, jsonb as text."""

    @staticmethod
    async def open(setup):
        global psycopg
        import psycopg

        class JsonbText(psycopg.adapt.Loader):
            format = psycopg.pq.Format.BINARY

            def load(self, data):
                return bytes(data[1:]).decode()

        connection = await psycopg.AsyncConnection.connect(
            psycopg.conninfo.make_conninfo(setup["url"], dbname=setup["database"]), autocommit=True, prepare_threshold=0
        )
        connection.adapters.register_loader("jsonb", JsonbText)
        connection.cursor_factory = psycopg.AsyncRawCursor
        return connection

    @staticmethod
    def version():
        return f"psycopg {psycopg.__version__} on libpq {psycopg.pq.version() / 10000:.4f}"

    @staticmethod
    async def rows(connection, sql, parameters):
        cursor = connection.cursor(binary=True)
        await cursor.execute(sql, parameters)
        return await cursor.fetchall()

    @staticmethod
    async def change(connection, sql, parameters):
        cursor = connection.cursor(binary=True)
        await cursor.execute(sql, parameters)
        return cursor.rowcount

    @staticmethod
    async def copy(connection, rows):
        cursor = connection.cursor()
        async with cursor.copy(f'COPY "notifications" ({COLUMN_LIST}) FROM STDIN (FORMAT binary)') as copy:
            copy.set_types(["text", "text", "text", "text", "bool", "timestamptz"])
            for row in rows:
                await copy.write_row(row)

    @staticmethod
    async def execute_many(connection, sql, rows):
        await connection.cursor().executemany(sql, rows)

    @staticmethod
    async def stream(connection, sql, parameters):
        count = 0
        async for _ in connection.cursor().stream(sql, parameters, binary=True):
            count += 1
        return count


class Pool:
    """Lends connections that it never resets; opened before anything is measured."""

    def __init__(self, library, setup):
        self.library, self.setup = library, setup
        self.opened = 0
        self.free = asyncio.LifoQueue()

    async def grow(self, wanted):
        while self.opened < min(wanted, self.setup["connections"]):
            self.free.put_nowait(await self.library.open(self.setup))
            self.opened += 1


class Workloads:
    """The calls, each with a connection."""

    def __init__(self, library, setup, teams, users):
        self.library, self.teams, self.users = library, teams, users
        self.sql, self.tags, self.words = setup["statements"], setup["tags"], setup["words"]
        self.notifications = setup["size"]["notifications"]

    async def w1(self, connection, draw):
        rows = await self.library.rows(connection, self.sql["W1"], (draw.choice(self.teams),))
        assert len(rows) == 1

    async def w2(self, connection, draw):
        rows = await self.library.rows(connection, self.sql["W2"], (json.dumps([draw.choice(self.tags)]), ROWS["W2"], 0))
        assert rows
        for row in rows:
            json.loads(row[13])

    async def w3(self, connection, draw):
        rows = await self.library.rows(connection, self.sql["W3"], (draw.choice(self.teams),))
        assert len(rows) == 20
        for row in rows:
            json.loads(row[28])

    async def w4(self, connection, draw):
        text = " ".join(draw.sample(self.words, 2))
        rows = await self.library.rows(connection, self.sql["W4"], (text, text, ROWS["W4"], 0))
        assert rows
        for row in rows:
            if row[1] is not None:
                json.loads(row[15])

    async def w5(self, connection, draw):
        name = f"Renamed {draw.getrandbits(30)}"
        parameters = (name, datetime.now(timezone.utc), draw.choice(self.teams), name)
        assert await self.library.change(connection, self.sql["W5"], parameters) == 1

    async def w6(self, connection, draw, manner):
        key, now = uuid.uuid4().hex, datetime.now(timezone.utc)
        rows = [(f"{key}-{number}", user, "Maintenance", MESSAGE, False, now) for number, user in enumerate(self.users)]
        if manner == "copy":
            await self.library.copy(connection, rows)
        else:
            await self.library.execute_many(connection, INSERT, rows)

    async def w7(self, connection, draw):
        assert await self.library.stream(connection, self.sql["W7"], (self.users[0],)) == self.notifications

    async def call(self, workload, manner, connection, draw):
        further = (manner,) if workload == "W6" else ()
        await getattr(self, workload.lower())(connection, draw, *further)


class Part:
    """The latencies of one load, in the classes of LatencyHistogram.swift."""

    def __init__(self):
        self.calls, self.classes = 0, {}

    def record(self, nanoseconds):
        exponent = max(0, nanoseconds.bit_length() - 6)
        index = nanoseconds if nanoseconds < 32 else exponent * 32 + (nanoseconds >> exponent)
        self.classes[index] = self.classes.get(index, 0) + 1
        self.calls += 1


async def run(workloads, pool, request, seconds):
    """Calls until the time has come, all loads at once."""
    start = time.perf_counter_ns()
    deadline = start + int(seconds * 1e9)

    async def caller(load, part, seed):
        draw = random.Random(seed)
        last = time.perf_counter_ns()
        while last < deadline:
            connection = await pool.free.get()
            await workloads.call(load["workload"], request["manner"], connection, draw)
            pool.free.put_nowait(connection)
            now = time.perf_counter_ns()
            part.record(now - last)
            last = now

    async def all_callers(index, load):
        part = Part()
        await asyncio.gather(*(caller(load, part, index * 100_000 + number) for number in range(load["tasks"])))
        return {"calls": part.calls, "seconds": (time.perf_counter_ns() - start) / 1e9, "latencies": part.classes}

    return await asyncio.gather(*(all_callers(index, load) for index, load in enumerate(request["loads"])))


def reset_peak_memory():
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
        return True
    except OSError:
        return False


def peak_memory():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM:"))


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def say(case, **values):
    print(json.dumps({case: values}), flush=True)


async def measure(workloads, pool, request):
    await pool.grow(sum(load["tasks"] for load in request["loads"]))
    await run(workloads, pool, request, request["timing"]["warmUp"])
    say("warm")
    if not sys.stdin.readline():
        return
    knows_memory = reset_peak_memory()
    start = processor_seconds()
    parts = await run(workloads, pool, request, request["timing"]["measured"])
    sample = {"parts": parts, "processorSeconds": processor_seconds() - start}
    if knows_memory:
        sample["peakMemory"] = peak_memory()
    say("sample", _0=sample)


async def main():
    setup = json.loads(sys.stdin.readline())
    library = {"asyncpg": Asyncpg, "psycopg": Psycopg}[setup["kind"]]
    pool = Pool(library, setup)
    await pool.grow(1)
    connection = await pool.free.get()
    teams = [row[0] for row in await library.rows(connection, 'SELECT "id" FROM "teams" ORDER BY "id"', ())]
    users = [row[0] for row in await library.rows(connection, 'SELECT "id" FROM "authUser" ORDER BY "id" LIMIT 10000', ())]
    pool.free.put_nowait(connection)
    loop = f"uvloop {uvloop.__version__}" if uvloop else "asyncio"
    say("ready", _0=f"{library.version()}, {loop}, Python {sys.version.split()[0]}")
    workloads = Workloads(library, setup, teams, users)
    # Requests come one at a time, while nothing else is under way, so reading them may block.
    while line := sys.stdin.readline():
        try:
            await measure(workloads, pool, json.loads(line)["measure"]["_0"])
        except Exception as error:
            say("failed", _0=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    if uvloop and sys.version_info >= (3, 11):
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(main())
    else:
        asyncio.run(main())
