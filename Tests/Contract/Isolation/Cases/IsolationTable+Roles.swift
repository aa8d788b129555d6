import DeployStackData
import DeployStackModels

extension IsolationTable {
    static let roles: [IsolationCase] = [
        IsolationCase("RoleRepository.all()", unscoped: platform),
        IsolationCase("RoleRepository.role(_:)", unscoped: platform),
        IsolationCase("RoleRepository.create(_:)", unscoped: platform),
        IsolationCase("RoleRepository.update(_:_:)", unscoped: platform),
        IsolationCase("RoleRepository.delete(_:)", unscoped: platform),
        IsolationCase("RoleRepository.sync(_:)", unscoped: platform),
        IsolationCase(
            "RoleRepository.userHasPermission(_:_:)",
            own: [{ everything(of: try await $0.store.roles.userHasPermission($0.ours.owner, "teams.create")) }]),
    ]
}
