import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import PostgresDriver
import Synchronization

/// A clock, identifiers and bytes that are the same in every run.
///
/// Identifiers and bytes begin anew with each call. So a call that draws one more than it uses makes no difference to all that come after it, and a
/// sequence stays the same when calls before are left out.
struct Determinism: Sendable {
    private static let start: Timestamp = .epoch + .seconds(1_767_225_600)

    let clock = ManualTimeSource(start)
    private let ids = ScrambledIDs()
    private let bytes = BytesOfCalls()
    private let calls = Counter()

    var options: StoreOptions {
        StoreOptions(
            timeSource: clock, idGenerator: ids, randomSource: bytes, encryptionSecret: try? EncryptionSecret("only for tests, never elsewhere"))
    }

    func beginCall() {
        let call = calls.next()
        ids.begin(call)
        bytes.begin(call)
    }

    func reset() {
        clock.set(to: Self.start)
        calls.reset()
    }
}

private final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }

    func reset() { count.store(0, ordering: .relaxed) }
}

/// Identifiers that sort in no order that has to do with when they were made.
private final class ScrambledIDs: IDGenerator {
    private static let alphabet = Array("0123456789abcdefghijklmnopqrstuv".utf8)
    /// Characters that collations put in other places than their bytes.
    private static let ends = Array("Aa_-Zz09".utf8)
    private let count = Lock<UInt64>(0)

    func makeID() -> String {
        let number = count.withLock { count in
            count += 1
            return count
        }
        // Odd, so that no two of the first 2^30 numbers give the same.
        let scrambled = (number &* 0x2545_f491) & 0x3fff_ffff
        let digits = (0..<6).map { Self.alphabet[Int(scrambled >> (5 * $0)) & 31] }
        return String(decoding: digits + [Self.ends[Int(number % 8)]], as: UTF8.self)
    }

    func begin(_ call: Int) { count.withLock { $0 = UInt64(call) << 9 } }
}

/// Bytes that depend on the call alone.
private final class BytesOfCalls: RandomSource {
    private let source = Lock(SeededRandomSource())

    func bytes(_ count: Int) -> [UInt8] { source.withLock { $0 }.bytes(count) }

    func begin(_ call: Int) { source.withLock { $0 = SeededRandomSource(seed: UInt64(call) << 32) } }
}
