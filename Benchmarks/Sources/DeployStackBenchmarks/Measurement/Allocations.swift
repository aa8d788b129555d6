import AllocationCounter

/// Counts allocations of this whole process, the library's own threads included.
enum Allocations {
    /// How often memory was asked for while a closure ran, or nil where that cannot be counted.
    static func count(during body: () async throws -> Void) async throws -> Int? {
        guard allocation_counter_is_available() else { return nil }
        allocation_counter_start()
        do {
            try await body()
        } catch {
            _ = allocation_counter_stop()
            throw error
        }
        return Int(allocation_counter_stop())
    }
}
