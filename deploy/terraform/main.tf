# Applies ../kubernetes/gatehouse.yaml with variables. It reads that very file, so the two cannot drift apart.

terraform {
  required_version = ">= 1.5"
  required_providers {
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = ">= 2.35"
    }
  }
}

provider "kubernetes" {
  config_path    = var.kubeconfig
  config_context = var.kube_context
}

locals {
  documents = [for text in split("\n---\n", file("${path.module}/../kubernetes/gatehouse.yaml")) : yamldecode(text)]

  # By kind, each in our namespace.
  manifests = {
    for document in local.documents : document.kind => merge(document, {
      metadata = merge(document.metadata, { namespace = var.namespace })
    })
  }

  config = var.config_file == null ? local.manifests.ConfigMap.data["gateway.yaml"] : file(var.config_file)

  spec = local.manifests.Deployment.spec
  pod  = local.spec.template.spec
}

# A changed file reaches the running gateways by itself: nothing is restarted.
resource "kubernetes_manifest" "config" {
  manifest = merge(local.manifests.ConfigMap, { data = { "gateway.yaml" = local.config } })
}

resource "kubernetes_manifest" "gateway" {
  manifest = merge(local.manifests.Deployment, {
    spec = merge(local.spec, {
      replicas = var.replicas
      template = merge(local.spec.template, {
        spec = merge(local.pod, {
          containers = [for container in local.pod.containers : merge(container, { image = var.image })]
        })
      })
    })
  })

  # `terraform apply` ends when the new pods are ready, and fails when they do not get there.
  wait {
    rollout = true
  }

  depends_on = [kubernetes_manifest.config]
}

resource "kubernetes_manifest" "service" {
  manifest = local.manifests.Service
}

resource "kubernetes_manifest" "disruption_budget" {
  manifest = local.manifests.PodDisruptionBudget
}
