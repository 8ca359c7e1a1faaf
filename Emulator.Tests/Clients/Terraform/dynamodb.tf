# Tables with all that the resource can ask for, and their auto scaling.

resource "aws_dynamodb_table" "plain" {
  name         = "plain"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "games" {
  name                        = "games"
  billing_mode                = "PROVISIONED"
  read_capacity               = 5
  write_capacity              = 5
  hash_key                    = "player"
  range_key                   = "round"
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"
  table_class                 = "STANDARD_INFREQUENT_ACCESS"
  deletion_protection_enabled = false

  attribute {
    name = "player"
    type = "S"
  }
  attribute {
    name = "round"
    type = "N"
  }
  attribute {
    name = "game"
    type = "S"
  }
  attribute {
    name = "points"
    type = "N"
  }

  global_secondary_index {
    name               = "by-game"
    hash_key           = "game"
    range_key          = "points"
    projection_type    = "INCLUDE"
    non_key_attributes = ["name"]
    read_capacity      = 3
    write_capacity     = 3
  }
  local_secondary_index {
    name            = "by-points"
    range_key       = "points"
    projection_type = "KEYS_ONLY"
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }
  point_in_time_recovery {
    enabled = true
  }
  server_side_encryption {
    enabled = true
  }
  tags = { team = "games" }

  lifecycle {
    ignore_changes = [read_capacity, write_capacity]
  }
}

resource "aws_dynamodb_table_item" "first" {
  table_name = aws_dynamodb_table.plain.name
  hash_key   = aws_dynamodb_table.plain.hash_key
  item       = jsonencode({ id = { S = "1" }, count = { N = "3" } })
}

resource "aws_dynamodb_resource_policy" "plain" {
  resource_arn = aws_dynamodb_table.plain.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::222222222222:root" }, Action = "dynamodb:GetItem", Resource = aws_dynamodb_table.plain.arn }]
  })
}

resource "aws_appautoscaling_target" "reads" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.games.name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  min_capacity       = 5
  max_capacity       = 50
}

resource "aws_appautoscaling_policy" "reads" {
  name               = "reads"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.reads.service_namespace
  resource_id        = aws_appautoscaling_target.reads.resource_id
  scalable_dimension = aws_appautoscaling_target.reads.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = 70
    scale_in_cooldown  = 60
    scale_out_cooldown = 60
    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_scheduled_action" "evening" {
  name               = "evening"
  service_namespace  = aws_appautoscaling_target.reads.service_namespace
  resource_id        = aws_appautoscaling_target.reads.resource_id
  scalable_dimension = aws_appautoscaling_target.reads.scalable_dimension
  schedule           = "cron(0 18 * * ? *)"
  timezone           = "Europe/Berlin"

  scalable_target_action {
    min_capacity = 20
    max_capacity = 50
  }
}

output "stream" {
  value = aws_dynamodb_table.games.stream_arn
}
