/// Which loads a name on the command line stands for.
enum WorkloadPlan {
    /// Short calls beside long ones.
    static let mix = "MIX"

    /// Everything that can be asked for, in the order of the report.
    static let codes: [String] = {
        let small = Workloads.all.filter { !$0.isBulk }.map { $0.code }
        return small + [mix] + Workloads.all.filter { $0.isBulk }.map { $0.code }
    }()

    /// The comparisons of a code: one for each number of tasks, or one alone where that makes no sense; nil if there is no such code.
    static func loads(_ code: String, tasks: [Int]) -> [[Load]]? {
        if code == mix { return [[Load(workload: TeamByID.code, tasks: 64), Load(workload: ServerSearch.code, tasks: 16)]] }
        guard let workload = try? Workloads.named(code) else { return nil }
        return workload.isBulk ? [[Load(workload: code, tasks: 1)]] : tasks.map { [Load(workload: code, tasks: $0)] }
    }
}
