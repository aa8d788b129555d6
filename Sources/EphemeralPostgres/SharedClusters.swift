import Synchronization

/// The clusters that this process shares among its callers.
enum SharedClusters {
    /// The start of each cluster that was asked for, by what was asked.
    private static let starts = Mutex<[String: ThrowAwayCluster.Start]>([:])

    /// Returns the cluster for these options; many calls at once cause one start.
    static func cluster(_ options: ThrowAwayCluster.Options) async throws(ClusterError) -> ThrowAwayCluster {
        let key = key(of: options)
        let start = starts.withLock { starts in
            if let start = starts[key] { return start }
            let start = ThrowAwayCluster.start(options)
            starts[key] = start
            return start
        }
        return try await start.value.get()
    }

    /// Makes the next call start or find the cluster again.
    static func forget(_ options: ThrowAwayCluster.Options) {
        let key = key(of: options)
        starts.withLock { starts in starts[key] = nil }
    }

    private static func key(of options: ThrowAwayCluster.Options) -> String {
        let variables = ["DEPLOYSTACK_PG_BIN", "DEPLOYSTACK_KEEP_CLUSTER", "PATH", "TMPDIR"].map { options.environment[$0] ?? "" }
        let settings = options.settings.fileText(socketDirectory: "")
        return ([settings, "\(options.idleTime)", options.label] + variables).joined(separator: "\u{0}")
    }
}
