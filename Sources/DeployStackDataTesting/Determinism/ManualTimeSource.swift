public import DeployStackData
public import DeployStackModels
import Synchronization

/// A clock that stands still until a test moves it. It can be read and moved from any number of tasks.
///
/// ```swift
/// let clock = ManualTimeSource()
/// let store = DataStore.inMemory(options: StoreOptions(timeSource: clock))
/// clock.advance(by: .seconds(604_800))
/// ```
public final class ManualTimeSource: TimeSource {
    private let time: Mutex<Timestamp>

    /// Makes a clock.
    ///
    /// - Parameter start: The time that it shows, by default midnight UTC on 1 January 2026.
    public init(_ start: Timestamp = .epoch + .seconds(1_767_225_600)) {
        time = Mutex(start)
    }

    /// The time that the clock shows.
    public func now() -> Timestamp { time.withLock { $0 } }

    /// Moves the clock, backwards if the duration is negative.
    ///
    /// - Parameter duration: How far; what it has below a microsecond is dropped.
    public func advance(by duration: Duration) {
        time.withLock { $0 = $0 + duration }
    }

    /// Sets the clock.
    public func set(to timestamp: Timestamp) {
        time.withLock { $0 = timestamp }
    }
}
