# Buckets with all that their resources can ask for, and objects in them.

data "aws_caller_identity" "current" {}

data "aws_canonical_user_id" "current" {}

resource "aws_s3_bucket" "plain" {
  bucket        = "terraform-plain"
  force_destroy = true
  tags          = { team = "storage" }
}

resource "aws_s3_bucket" "full" {
  bucket        = "terraform-full"
  force_destroy = true
  tags          = { team = "storage", stage = "test" }
}

resource "aws_s3_bucket_ownership_controls" "full" {
  bucket = aws_s3_bucket.full.id
  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_public_access_block" "full" {
  bucket                  = aws_s3_bucket.full.id
  block_public_acls       = false
  ignore_public_acls      = false
  block_public_policy     = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket_acl" "full" {
  depends_on = [aws_s3_bucket_ownership_controls.full, aws_s3_bucket_public_access_block.full]
  bucket     = aws_s3_bucket.full.id
  access_control_policy {
    owner {
      id = data.aws_canonical_user_id.current.id
    }
    grant {
      grantee {
        id   = data.aws_canonical_user_id.current.id
        type = "CanonicalUser"
      }
      permission = "FULL_CONTROL"
    }
    grant {
      grantee {
        uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
        type = "Group"
      }
      permission = "WRITE"
    }
  }
}

resource "aws_s3_bucket_versioning" "full" {
  bucket = aws_s3_bucket.full.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_policy" "full" {
  depends_on = [aws_s3_bucket_public_access_block.full]
  bucket     = aws_s3_bucket.full.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Read"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3:GetObject"]
      Resource  = ["${aws_s3_bucket.full.arn}/public/*"]
    }]
  })
}

resource "aws_s3_bucket_cors_configuration" "full" {
  bucket = aws_s3_bucket.full.id
  cors_rule {
    id              = "page"
    allowed_headers = ["*"]
    allowed_methods = ["GET", "PUT", "POST"]
    allowed_origins = ["https://example.com"]
    expose_headers  = ["ETag"]
    max_age_seconds = 3000
  }
  cors_rule {
    allowed_methods = ["GET"]
    allowed_origins = ["*"]
  }
}

resource "aws_s3_bucket_website_configuration" "full" {
  bucket = aws_s3_bucket.full.id
  index_document {
    suffix = "index.html"
  }
  error_document {
    key = "error.html"
  }
  routing_rule {
    condition {
      key_prefix_equals = "docs/"
    }
    redirect {
      replace_key_prefix_with = "documents/"
    }
  }
}

resource "aws_s3_bucket_website_configuration" "plain" {
  bucket = aws_s3_bucket.plain.id
  redirect_all_requests_to {
    host_name = "example.com"
    protocol  = "https"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "full" {
  bucket = aws_s3_bucket.full.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555"
    }
    bucket_key_enabled = true
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "plain" {
  bucket = aws_s3_bucket.plain.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket" "logs" {
  bucket        = "terraform-logs"
  force_destroy = true
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_s3_bucket_acl" "logs" {
  bucket                = aws_s3_bucket_ownership_controls.logs.bucket
  acl                   = "log-delivery-write"
  expected_bucket_owner = data.aws_caller_identity.current.account_id
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${aws_s3_bucket.logs.arn}/*"
    }]
  })
}

resource "aws_s3_bucket_logging" "full" {
  bucket        = aws_s3_bucket.full.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "full/"
  target_object_key_format {
    partitioned_prefix {
      partition_date_source = "EventTime"
    }
  }
}

resource "aws_s3_bucket_request_payment_configuration" "full" {
  bucket = aws_s3_bucket.full.id
  payer  = "Requester"
}

resource "aws_s3_bucket_notification" "full" {
  bucket = aws_s3_bucket.full.id
  lambda_function {
    id                  = "uploads"
    lambda_function_arn = "arn:aws:lambda:eu-west-1:111111111111:function:on-event"
    events              = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]
    filter_prefix       = "uploads/"
    filter_suffix       = ".txt"
  }
}

resource "aws_s3_bucket" "copies" {
  bucket        = "terraform-copies"
  force_destroy = true
}

resource "aws_s3_bucket_versioning" "copies" {
  bucket = aws_s3_bucket.copies.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "full" {
  depends_on = [aws_s3_bucket_versioning.full, aws_s3_bucket_versioning.copies]
  bucket     = aws_s3_bucket.full.id
  role       = "arn:aws:iam::111111111111:role/replication"
  rule {
    id       = "all"
    priority = 1
    status   = "Enabled"
    filter {}
    delete_marker_replication {
      status = "Enabled"
    }
    destination {
      bucket        = aws_s3_bucket.copies.arn
      storage_class = "STANDARD_IA"
      replication_time {
        status = "Enabled"
        time {
          minutes = 15
        }
      }
      metrics {
        status = "Enabled"
        event_threshold {
          minutes = 15
        }
      }
    }
  }
  rule {
    id       = "tagged"
    priority = 2
    status   = "Disabled"
    filter {
      and {
        prefix = "logs/"
        tags = {
          team = "films"
        }
      }
    }
    delete_marker_replication {
      status = "Disabled"
    }
    source_selection_criteria {
      replica_modifications {
        status = "Enabled"
      }
    }
    destination {
      bucket = aws_s3_bucket.copies.arn
    }
  }
}

resource "aws_s3_bucket_accelerate_configuration" "full" {
  bucket = aws_s3_bucket.full.id
  status = "Enabled"
}

resource "aws_s3_bucket_inventory" "full" {
  bucket                   = aws_s3_bucket.full.id
  name                     = "weekly"
  included_object_versions = "All"
  optional_fields          = ["Size", "ETag", "StorageClass"]
  schedule {
    frequency = "Weekly"
  }
  filter {
    prefix = "documents/"
  }
  destination {
    bucket {
      format     = "CSV"
      bucket_arn = aws_s3_bucket.logs.arn
      prefix     = "inventory"
      account_id = data.aws_caller_identity.current.account_id
      encryption {
        sse_s3 {}
      }
    }
  }
}

resource "aws_s3_bucket_metric" "full" {
  bucket = aws_s3_bucket.full.id
  name   = "documents"
  filter {
    prefix = "documents/"
    tags   = { kind = "document" }
  }
}

resource "aws_s3_bucket_metric" "all" {
  bucket = aws_s3_bucket.full.id
  name   = "all"
}

resource "aws_s3_bucket_analytics_configuration" "full" {
  bucket = aws_s3_bucket.full.id
  name   = "access"
  filter {
    prefix = "documents/"
  }
  storage_class_analysis {
    data_export {
      destination {
        s3_bucket_destination {
          bucket_arn = aws_s3_bucket.logs.arn
          prefix     = "analytics"
        }
      }
    }
  }
}

resource "aws_s3_bucket_intelligent_tiering_configuration" "full" {
  bucket = aws_s3_bucket.full.id
  name   = "archive"
  filter {
    prefix = "archive/"
    tags   = { kind = "archive" }
  }
  tiering {
    access_tier = "ARCHIVE_ACCESS"
    days        = 125
  }
  tiering {
    access_tier = "DEEP_ARCHIVE_ACCESS"
    days        = 180
  }
}

resource "aws_s3_bucket" "locked" {
  bucket              = "terraform-locked"
  force_destroy       = true
  object_lock_enabled = true
}

resource "aws_s3_bucket_object_lock_configuration" "locked" {
  bucket = aws_s3_bucket.locked.id
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = 5
    }
  }
}

# The arguments of the bucket's own resource, as in configurations of old.
resource "aws_s3_bucket" "inline" {
  bucket              = "terraform-inline"
  force_destroy       = true
  acceleration_status = "Suspended"
  request_payer       = "BucketOwner"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:PutObject", Resource = "arn:aws:s3:::terraform-inline/read-only/*" }]
  })
  versioning {
    enabled = true
  }
  cors_rule {
    allowed_methods = ["GET"]
    allowed_origins = ["https://example.com"]
  }
  website {
    index_document = "index.html"
    error_document = "error.html"
  }
  logging {
    target_bucket = aws_s3_bucket.logs.id
    target_prefix = "inline/"
  }
  lifecycle_rule {
    id      = "old"
    enabled = true
    prefix  = "old/"
    transition {
      days          = 30
      storage_class = "ONEZONE_IA"
    }
    expiration {
      days = 60
    }
    noncurrent_version_expiration {
      days = 5
    }
    abort_incomplete_multipart_upload_days = 3
  }
  server_side_encryption_configuration {
    rule {
      bucket_key_enabled = true
      apply_server_side_encryption_by_default {
        sse_algorithm = "aws:kms"
      }
    }
  }
}

resource "aws_s3_object" "page" {
  depends_on             = [aws_s3_bucket_versioning.full]
  bucket                 = aws_s3_bucket.full.id
  key                    = "public/index.html"
  content                = "<h1>Here</h1>"
  content_type           = "text/html"
  content_language       = "en"
  content_disposition    = "inline"
  cache_control          = "max-age=60"
  storage_class          = "STANDARD_IA"
  server_side_encryption = "AES256"
  checksum_algorithm     = "SHA256"
  metadata               = { author = "terraform" }
  tags                   = { kind = "document" }
}

resource "aws_s3_object" "encrypted" {
  bucket  = aws_s3_bucket_server_side_encryption_configuration.full.bucket
  key     = "documents/secret & more.txt"
  content = "secret"
}

resource "aws_s3_object" "plain" {
  bucket       = aws_s3_bucket.plain.id
  key          = "a/plain.txt"
  content      = "plain"
  content_type = "text/plain"
  etag         = md5("plain")
}

resource "aws_s3_object" "held" {
  bucket                        = aws_s3_bucket_object_lock_configuration.locked.bucket
  key                           = "held.txt"
  content                       = "held"
  object_lock_legal_hold_status = "ON"
  object_lock_mode              = "GOVERNANCE"
  object_lock_retain_until_date = "2090-01-01T00:00:00Z"
  force_destroy                 = true
}

resource "aws_s3_object_copy" "copy" {
  bucket = aws_s3_bucket.plain.id
  key    = "copies/plain.txt"
  source = "${aws_s3_object.plain.bucket}/${aws_s3_object.plain.key}"
  tags   = { kind = "copy" }

  tagging_directive = "REPLACE"
}

# What belongs to the account: its public access block and its access points.
resource "aws_s3_account_public_access_block" "account" {
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = false
}

data "aws_s3_account_public_access_block" "account" {
  depends_on = [aws_s3_account_public_access_block.account]
}

resource "aws_s3_bucket" "photos" {
  bucket        = "terraform-photos"
  force_destroy = true
}

resource "aws_s3_access_point" "plain" {
  bucket = aws_s3_bucket.photos.id
  name   = "plain"
}

resource "aws_s3_access_point" "public" {
  bucket = aws_s3_bucket.photos.id
  name   = "public"
  public_access_block_configuration {
    block_public_acls       = true
    block_public_policy     = false
    ignore_public_acls      = true
    restrict_public_buckets = false
  }
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:eu-west-1:111111111111:accesspoint/public/object/*"
    }]
  })
}

resource "aws_s3_access_point" "inside" {
  bucket = aws_s3_bucket.photos.id
  name   = "inside"
  vpc_configuration {
    vpc_id = "vpc-1a2b3c4d"
  }
}

resource "aws_s3control_access_point_policy" "plain" {
  access_point_arn = aws_s3_access_point.plain.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::222222222222:root" }
      Action    = ["s3:GetObject", "s3:PutObject"]
      Resource  = "${aws_s3_access_point.plain.arn}/object/*"
    }]
  })
}

data "aws_s3_bucket" "full" {
  bucket = aws_s3_bucket.full.id
}

data "aws_s3_bucket_policy" "full" {
  bucket = aws_s3_bucket_policy.full.bucket
}

data "aws_s3_object" "plain" {
  bucket = aws_s3_object.plain.bucket
  key    = aws_s3_object.plain.key
}

data "aws_s3_objects" "plain" {
  depends_on = [aws_s3_object.plain, aws_s3_object_copy.copy]
  bucket     = aws_s3_bucket.plain.id
  delimiter  = "/"
}

output "domain" { value = data.aws_s3_bucket.full.bucket_regional_domain_name }
output "website" { value = aws_s3_bucket_website_configuration.full.website_endpoint }
output "plain" { value = data.aws_s3_object.plain.body }
output "prefixes" { value = data.aws_s3_objects.plain.common_prefixes }
output "policy" { value = data.aws_s3_bucket_policy.full.policy }
output "owner" { value = data.aws_canonical_user_id.current.id }
output "public" { value = [aws_s3_access_point.plain.has_public_access_policy, aws_s3_access_point.public.has_public_access_policy] }
