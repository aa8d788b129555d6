/// A worker that takes turns, in one of its manners.
struct WorkerContender: Contender {
    let name: String
    let detail: String
    let worker: Worker
    let manner: Manner
    let instruments: Instruments

    func takeTurn(_ loads: [Load], _ timing: Timing) async throws -> Turn {
        try await worker.measure(MeasureRequest(loads: loads, manner: manner, timing: timing), instruments)
    }
}
