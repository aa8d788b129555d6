public import DeployStackModels

/// Where a store gets the time from.
///
/// Every time that a store writes or compares comes from here, on both backends, so a test can hold the time still or move it.
public protocol TimeSource: Sendable {
    /// The present time.
    func now() -> Timestamp
}

/// The system's clock.
public struct SystemTimeSource: TimeSource {
    /// Creates a time source that reads the system's clock.
    public init() {}

    /// The present time by the system's clock.
    public func now() -> Timestamp {
        Timestamp.now()
    }
}
