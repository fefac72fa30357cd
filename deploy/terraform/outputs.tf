output "address" {
  description = "Where the gateway answers inside the cluster."
  value       = "http://${local.manifests.Service.metadata.name}.${var.namespace}.svc.cluster.local"
}

output "admin" {
  description = "Brings the admin listener, which is on loopback, to this machine."
  value       = "kubectl -n ${var.namespace} port-forward deploy/${local.manifests.Deployment.metadata.name} 9000"
}
