/// What a call costs beside its time, measured once for each run.
struct SideCosts: Sendable, Codable {
    /// What the calls of a workload allocate.
    struct Allocations: Sendable, Codable {
        var workload: String
        var peer: String
        var perCall: Double
        var perRow: Double
    }

    /// How long the first call on something fresh takes.
    struct Connecting: Sendable, Codable {
        var peer: String
        /// Over what it connects.
        var transport: String
        /// Milliseconds of each attempt, their middle and ends.
        var milliseconds: Spread
    }

    var allocations: [Allocations]
    var connecting: [Connecting]
}

extension SideCosts {
    private static let peers: [(kind: WorkerSetup.Kind, name: String)] = [(.rawLibpq, "raw libpq"), (.library, PeerResult.library)]

    /// Asks the workers.
    ///
    /// - Parameters:
    ///   - workers: Those of the run.
    ///   - calls: How many calls are looked at for each number.
    ///   - size: How much there is to draw from.
    ///   - hasNotifications: Whether the notifications of the last workload are there to be streamed.
    ///   - url: The server.
    ///   - tlsURL: The same server by TCP and TLS, or nil.
    init(_ workers: [WorkerSetup.Kind: Worker], calls: Int, size: DatasetSize, hasNotifications: Bool, url: String, tlsURL: String?) async throws {
        allocations = []
        connecting = []
        for workload in Workloads.all where !workload.isBulk || (hasNotifications && workload.code == AllNotifications.code) {
            for peer in Self.peers {
                let calls = workload.isBulk ? 1 : calls
                guard let perCall = try await workers[peer.kind]?.allocations(workload.code, calls: calls) else { continue }
                allocations.append(
                    Allocations(workload: workload.code, peer: peer.name, perCall: perCall, perRow: perCall / Double(workload.rows(size))))
            }
        }
        for (transport, url) in [("as given", url), ("TCP, TLS, password", tlsURL)] {
            guard let url else { continue }
            for peer in Self.peers {
                guard let seconds = try await workers[peer.kind]?.connectTimes(max(3, calls / 20), url: url) else { continue }
                connecting.append(Connecting(peer: peer.name, transport: transport, milliseconds: Spread(seconds.map { $0 * 1_000 })))
            }
        }
    }
}
