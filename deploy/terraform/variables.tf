variable "image" {
  description = "The gateway's image, under the name your cluster can pull it by."
  type        = string
}

variable "replicas" {
  description = "Gateways that run at the same time. With one, draining a node interrupts service for a moment."
  type        = number
  default     = 3

  validation {
    condition     = var.replicas >= 1 && floor(var.replicas) == var.replicas
    error_message = "At least one, and a whole number."
  }
}

variable "config_file" {
  description = "Path of your gateway.yaml; null takes the example in the manifest. Its listener has to be on port 8080 with `health: true`, its drain_timeout at most 35s."
  type        = string
  default     = null
}

variable "namespace" {
  description = "A namespace that exists."
  type        = string
  default     = "default"
}

variable "kubeconfig" {
  description = "Where the credentials for the cluster are."
  type        = string
  default     = "~/.kube/config"
}

variable "kube_context" {
  description = "The context in it; null takes the current one."
  type        = string
  default     = null
}
