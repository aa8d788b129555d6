/// Measures several peers at one workload, in turns, so that what the machine does meanwhile hits all of them.
struct Comparison: Sendable {
    let workload: any Workload
    let tasks: Int
    /// The first one is what the others are held against.
    let peers: [any Peer]
    let rounds: Int
    let timing: Timing

    /// Runs all rounds. Each begins with another peer.
    func run(progress: (Int) -> Void) async throws -> ComparisonResult {
        var samples = [[Sample]](repeating: [], count: peers.count)
        for round in 0..<rounds {
            progress(round + 1)
            for turn in peers.indices {
                let index = (round + turn) % peers.count
                samples[index].append(try await peers[index].measure(workload, tasks: tasks, timing: timing))
            }
        }
        let baseline = samples[0]
        return ComparisonResult(
            workload: type(of: workload).code, tasks: tasks,
            peers: zip(peers, samples).map { peer, samples in
                PeerResult(name: peer.name, manner: peer.manner(tasks: tasks), samples: samples, baseline: baseline)
            })
    }
}
