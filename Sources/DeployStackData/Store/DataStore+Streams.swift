extension DataStore {
    /// What the store's loops over streams are woken by; `nil` in a transaction.
    var streamHub: StreamHub? {
        switch backend {
        case let store as PostgresStore: store.streams.hub
        case let store as InMemoryBackend: store.streams
        case let store as InMemoryScopedStore: store.streams
        default: nil
        }
    }

    /// Breaks what the store's streams are woken by, as a network would, for tests of what follows.
    package func interruptStreams() {
        streamHub?.interrupt()
    }

    /// How many loops over streams are under way.
    package var streamLoops: Int { streamHub?.loopCount ?? 0 }
}
