import Foundation

/// A process of its own in which one peer is measured, so that its memory and its processor time are nobody else's.
actor Worker {
    /// The name in messages.
    nonisolated let name: String
    /// What the worker stands on, with versions; empty until it is ready.
    private(set) var foundation = ""

    private let process = Process()
    private let input = Pipe()
    private let lines: AsyncStream<String>
    /// Passes the process's lines on until it ends.
    private let read: @Sendable () -> Void

    /// The longest time that a worker may take for an answer.
    private static let limit = Duration.seconds(600)

    /// - Parameters:
    ///   - name: The name in messages.
    ///   - program: What to run.
    ///   - arguments: Its arguments.
    init(_ name: String, program: String, arguments: [String]) {
        self.name = name
        let output = Pipe()
        let (lines, continuation) = AsyncStream<String>.makeStream()
        self.lines = lines
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        let reading = output.fileHandleForReading
        read = { Self.read(from: reading, into: continuation) }
    }

    /// Starts the process, tells it who it is, and waits until it is ready.
    func begin(_ setup: WorkerSetup) async throws {
        try await process.start()
        Thread.detachNewThread(read)
        try write(setup)
        guard case .ready(let foundation) = try await answer() else { throw unexpected }
        self.foundation = foundation
    }

    /// Has it do some loads, and looks at the instruments before and after what is measured.
    func measure(_ request: MeasureRequest, _ instruments: Instruments) async throws -> Turn {
        guard case .warm = try await ask(.measure(request)) else { throw unexpected }
        let start = instruments.read()
        guard case .sample(let sample) = try await ask(.go) else { throw unexpected }
        return Turn(sample: sample, surroundings: instruments.surroundings(of: sample.processorSeconds, from: start, to: instruments.read()))
    }

    /// How much a call of a workload allocates, on average; nil where that cannot be counted.
    func allocations(_ workload: String, calls: Int) async throws -> Double? {
        guard case .allocations(let count) = try await ask(.countAllocations(workload: workload, calls: calls)) else { throw unexpected }
        return count.map { Double($0) / Double(calls) }
    }

    /// How long the first call on a fresh store or connection takes, in seconds.
    func connectTimes(_ times: Int, url: String) async throws -> [Double] {
        guard case .seconds(let seconds) = try await ask(.connect(times: times, url: url)) else { throw unexpected }
        return seconds
    }

    /// Ends the process.
    func end() {
        try? input.fileHandleForWriting.close()
        if process.isRunning { process.waitUntilExit() }
    }

    private func ask(_ request: WorkerRequest) async throws -> WorkerAnswer {
        try write(request)
        return try await answer()
    }

    private func write(_ value: some Encodable) throws {
        try input.fileHandleForWriting.write(contentsOf: try JSONEncoder().encode(value) + Data("\n".utf8))
    }

    private func answer() async throws -> WorkerAnswer {
        let watchdog = process.terminate(after: Self.limit)
        defer { watchdog.cancel() }
        var iterator = lines.makeAsyncIterator()
        guard let line = await iterator.next() else { throw BenchmarkError("\(name): the process has ended.") }
        let answer = try JSONDecoder().decode(WorkerAnswer.self, from: Data(line.utf8))
        if case .failed(let reason) = answer { throw BenchmarkError("\(name): \(reason)") }
        return answer
    }

    private var unexpected: BenchmarkError { BenchmarkError("\(name): the worker gave another answer than it was asked for.") }

    /// Passes lines on until there are none any more.
    private static func read(from handle: FileHandle, into lines: AsyncStream<String>.Continuation) {
        var buffer = Data()
        while case let bytes = handle.availableData, !bytes.isEmpty {
            buffer.append(bytes)
            while let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                lines.yield(String(decoding: buffer[buffer.startIndex..<end], as: UTF8.self))
                buffer = Data(buffer[(end + 1)...])
            }
        }
        lines.finish()
    }
}
