# Buckets that were there before Terraform was: what it imports it describes as they are.

import {
  to = aws_s3_bucket.kept
  id = "terraform-kept"
}

import {
  to = aws_s3_bucket_versioning.kept
  id = "terraform-kept"
}

import {
  to = aws_s3_bucket_lifecycle_configuration.kept
  id = "terraform-kept"
}

import {
  to = aws_s3_bucket_public_access_block.kept
  id = "terraform-kept"
}

import {
  to = aws_s3_bucket_ownership_controls.kept
  id = "terraform-kept"
}

import {
  to = aws_s3_bucket_server_side_encryption_configuration.kept
  id = "terraform-kept"
}

resource "aws_s3_bucket" "kept" {
  bucket = "terraform-kept"
}

resource "aws_s3_bucket_versioning" "kept" {
  bucket = aws_s3_bucket.kept.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "kept" {
  bucket                  = aws_s3_bucket.kept.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "kept" {
  bucket = aws_s3_bucket.kept.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "kept" {
  bucket = aws_s3_bucket.kept.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "kept" {
  bucket = aws_s3_bucket.kept.id
  rule {
    id     = "logs"
    status = "Enabled"
    filter {
      and {
        prefix                   = "logs/"
        object_size_greater_than = 1000
        tags                     = { kind = "log", old = "yes" }
      }
    }
    transition {
      days          = 30
      storage_class = "STANDARD_IA"
    }
    transition {
      days          = 60
      storage_class = "GLACIER"
    }
    expiration {
      days = 90
    }
  }
  rule {
    id     = "versions"
    status = "Enabled"
    filter {}
    noncurrent_version_transition {
      noncurrent_days = 30
      storage_class   = "STANDARD_IA"
    }
    noncurrent_version_expiration {
      noncurrent_days           = 60
      newer_noncurrent_versions = 3
    }
    expiration {
      expired_object_delete_marker = true
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
  rule {
    id     = "temporary"
    status = "Disabled"
    filter {
      tag {
        key   = "temporary"
        value = "yes"
      }
    }
    expiration {
      date = "2030-01-01T00:00:00Z"
    }
  }
}

