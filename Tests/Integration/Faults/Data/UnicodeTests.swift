import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import FaultHarness
import Foundation
import PostgresDriver
import Testing

/// Text comes back byte for byte, whatever is in it.
@Suite(.faults, .requiresServer, .database)
struct UnicodeTests {
    @Test
    func everyScalarComesBackFromEveryPlaceThatTakesText() async throws {
        // The short places are too many writes to see every scalar each time; which ones they see is drawn anew in each run.
        let part = FaultSize.of(ci: 16, long: 1)
        let lanes = 3
        let sums = try await withThrowingTaskGroup(of: (texts: Int, scalars: Int, differences: [String]).self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    let clock = ManualTimeSource()
                    let stores = (
                        try await Backend.inMemory.makeStore(options: StoreWorld.options(clock: clock)),
                        try await Backend.postgres.makeStore(options: StoreWorld.options(clock: clock))
                    )
                    var worlds = (
                        try await StoreWorld(filling: stores.0, clock: clock), try await StoreWorld(filling: stores.1, clock: clock)
                    )
                    var (count, scalars, differences) = (0, 0, [String]())
                    for (number, slot) in TextSlot.all.enumerated() where number % lanes == lane {
                        var random = FaultSeed.run.generator("D1 \(slot.name)")
                        let every = slot.capacity < 1_000 ? part : slot.name == "server.description" ? min(part, 4) : 1
                        let texts = AllScalars.texts(of: slot.capacity, every: every, using: &random)
                        for start in stride(from: 0, to: texts.count, by: slot.width) {
                            // The last write takes the first texts once more, so that it is full.
                            let given = (0..<slot.width).map { texts[(start + $0) % texts.count] }
                            worlds.0.round += 1
                            worlds.1.round += 1
                            clock.advance(by: .seconds(1))
                            let left = try await slot.roundTrip(given, in: stores.0, worlds.0)
                            let right = try await slot.roundTrip(given, in: stores.1, worlds.1)
                            let wanted = given.map { Data($0.utf8) }
                            if left.map({ $0.map { Data($0.utf8) } }) != wanted { differences.append("\(slot.name) \(start) in memory") }
                            if right.map({ $0.map { Data($0.utf8) } }) != wanted { differences.append("\(slot.name) \(start) on PostgreSQL") }
                            count += given.count
                            scalars += given.reduce(0) { $0 + $1.unicodeScalars.count - 2 }
                        }
                    }
                    return (count, scalars, differences)
                }
            }
            return try await group.reduce(into: (texts: 0, scalars: 0, differences: [String]())) {
                $0 = ($0.texts + $1.texts, $0.scalars + $1.scalars, $0.differences + $1.differences)
            }
        }
        let driver = try await scalarsThroughTheDriver()
        let odd = try await oddTexts()

        #expect(sums.differences == [], "\(FaultSeed.run)")
        #expect(driver == 0)
        #expect(odd.differences == [])
        let full = TextSlot.all.count { $0.capacity >= 1_000 } - (part > 1 ? 1 : 0)
        FaultReport.row(
            "D1",
            "\(AllScalars.count) scalars through the driver in 3 types and through \(full) places of the repositories, parts of them through "
                + "\(TextSlot.all.count - full) more (\(sums.scalars) scalars in \(sums.texts) texts), \(odd.count) odd texts (empty, 1 MiB, composed and "
                + "decomposed, bidi, emoji, lone CR): differences \(sums.differences.count + driver + odd.differences.count)")
    }

    /// All scalars as text, in an array and in JSON; how many of the three come back changed.
    private func scalarsThroughTheDriver() async throws -> Int {
        var random = FaultSeed.run.generator("D1 driver")
        let texts = AllScalars.texts(of: 50_000, every: 1, using: &random)
        let configuration = try await TestDatabase.lent().configuration.connection
        return try await withServerSession(configuration) { session in
            var differences = 0
            let whole = texts.joined()
            let echo: Statement<String> = "SELECT \(whole)"
            if try await session.run(echo).rows.map({ Data($0.utf8) }) != [Data(whole.utf8)] { differences += 1 }
            let array: Statement<[String]> = "SELECT \(texts)"
            if try await session.run(array).rows.first?.map({ Data($0.utf8) }) != texts.map({ Data($0.utf8) }) { differences += 1 }
            let json: Statement<JSONValue> = "SELECT \(JSONValue.string(whole))"
            if try await session.run(json).rows.first?.string.map({ Data($0.utf8) }) != Data(whole.utf8) { differences += 1 }
            return differences
        }
    }

    /// Texts that are special by their length or by what Unicode says about them, as equal and as unique as their bytes are.
    private func oddTexts() async throws -> (count: Int, differences: [String]) {
        let clock = ManualTimeSource()
        let stores = [
            try await Backend.inMemory.makeStore(options: StoreWorld.options(clock: clock)),
            try await Backend.postgres.makeStore(options: StoreWorld.options(clock: clock)),
        ]
        let mebibyte = String(repeating: "0123456789abcde\u{E9}", count: 61_500)
        let odd = [
            "", "\r", "a\rb", "\r\n", "\u{E9}\u{E9}\u{E9}", "e\u{301}e\u{301}e\u{301}", "\u{212B}ngstr\u{F6}m", "A\u{30A}ngstro\u{308}m",
            "\u{202E}abc\u{202C}",
            "\u{2067}\u{5D0}\u{5D1}\u{2069}", "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}", "\u{1F1E9}\u{1F1EA}\u{1F1E9}",
            "\u{FFFE}\u{FFFF}\u{1FFFE}",
            "\u{FEFF}abc", "\u{301}\u{301}\u{301}", "\u{AC00}\u{11A8}", "\u{1100}\u{1161}\u{11A8}", "\u{FB01}\u{FB01}\u{FB01}", "\u{130}\u{131}iI",
            "\u{DF}\u{1E9E}",
        ]
        var differences: [String] = []
        for (number, store) in stores.enumerated() {
            let world = try await StoreWorld(filling: store, clock: clock)
            for text in odd {
                _ = try await store.teams.updateTeam(world.team, TeamPatch(description: .set(text)))
                let read = try await store.teams.team(world.team)?.description
                if read.map({ Data($0.utf8) }) != Data(text.utf8) { differences.append("\(number) \(text.unicodeScalars.map(\.value))") }
            }
            // Unique by bytes: all of them are different users, tags and JSON keys, and each again is taken.
            let names = odd.filter { (3...30).contains($0.unicodeScalars.count) && !$0.contains(where: \.isWhitespace) }
            for (index, name) in names.enumerated() {
                _ = try await store.users.createUser(NewUser(username: name, email: "odd\(index)@example.org"), withDefaultTeam: false)
                let again = NewUser(username: name, email: "again\(index)@example.org")
                let error = await #expect(throws: DataError.self) { try await store.users.createUser(again, withDefaultTeam: false) }
                if error?.kind != .alreadyExists { differences.append("\(number) \(name) is not unique") }
            }
            let members = JSONValue.object(JSONObject(names.map { ($0, .string($0)) } + [("large", .string(mebibyte))]))
            let made = try await store.catalog.create(NewServer(name: "odd", tags: names, metadata: members), by: .system)
            let read = try await store.catalog.server(made.id)
            if read?.tags.map({ Data($0.utf8) }) != names.map({ Data($0.utf8) }) { differences.append("\(number) tags") }
            if read?.metadata.object?.count != names.count + 1 { differences.append("\(number) keys") }
            for name in names where read?.metadata[name]?.string.map({ Data($0.utf8) }) != Data(name.utf8) {
                differences.append("\(number) key \(name)")
            }
            if read?.metadata["large"]?.string.map({ Data($0.utf8) }) != Data(mebibyte.utf8) { differences.append("\(number) 1 MiB") }
            for name in names {
                let found = try await store.catalog.servers(withAllTags: [name], viewer: .administrator, page: .first)
                if found.map(\.id) != [made.id] { differences.append("\(number) tag \(name)") }
            }
        }
        return (odd.count + 1, differences)
    }
}
