// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/network/distance_function.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    // The numbers of a list, one after the other.
    class Numbers
    {
    public:
      explicit Numbers(const std::vector<double> &values)
        : values(values)
      {
      }

      bool
      at_end() const
      {
        return position == values.size();
      }

      double
      next()
      {
        AssertInput(!at_end(), "distance function: there are too few numbers.");
        return values[position++];
      }

      unsigned int
      next_count(const unsigned int least, const unsigned int most)
      {
        const double value = next();
        AssertInput(
          value >= least && value <= most && value == std::floor(value),
          "distance function: " << value << " is not a whole number from "
                                << least << " to " << most << ".");
        return value;
      }

      std::vector<double>
      next_vector(const unsigned int n)
      {
        std::vector<double> result(n);
        for (double &component : result)
          component = next();
        return result;
      }

    private:
      const std::vector<double> &values;
      std::size_t                position = 0;
    };
  } // namespace



  DistanceFunction::DistanceFunction(const unsigned int           dim,
                                     const std::vector<FlatFace> &faces,
                                     const unsigned int           order)
    : dim(dim)
    , order(order)
    , faces(faces)
  {
    initialize();
  }



  DistanceFunction::DistanceFunction(const std::vector<double> &parameters)
  {
    Numbers numbers(parameters);
    dim   = numbers.next_count(1, 3);
    order = numbers.next_count(0, 100);
    while (!numbers.at_end())
      {
        FlatFace face;
        face.trimmed                  = numbers.next_count(0, 1) == 1;
        const unsigned int n_vertices = numbers.next_count(1, 1000000);
        face.normal                   = numbers.next_vector(dim);
        for (unsigned int v = 0; v < n_vertices; ++v)
          face.vertices.push_back(numbers.next_vector(dim));
        faces.push_back(face);
      }
    initialize();
  }



  void
  DistanceFunction::initialize()
  {
    AssertInput(!faces.empty(), "distance function: there is no face.");

    FlatFace all;
    for (const FlatFace &face : faces)
      {
        double square = 0.;
        for (const double component : face.normal)
          square += component * component;
        AssertInput(face.normal.size() == dim && std::abs(square - 1.) < 1e-10,
                    "distance function: the normal of a face is no unit "
                    "vector in "
                      << dim << "D.");
        for (const auto &vertex : face.vertices)
          AssertInput(vertex.size() == dim,
                      "distance function: a vertex has "
                        << vertex.size() << " coordinates instead of " << dim
                        << ".");
        const unsigned int n = face.vertices.size();
        AssertInput(n > 0 && (!face.trimmed || dim == 1 ||
                              (dim == 2 && n == 2) || (dim == 3 && n > 2)),
                    "distance function: a face has "
                      << n << " vertices, which does not make one in " << dim
                      << "D.");
        all.vertices.insert(
          all.vertices.end(), face.vertices.begin(), face.vertices.end());
      }
    size = all.size() > 0. ? all.size() : 1.;
    tiny = 1e-12 * size;
    compute_scale();
  }



  void
  DistanceFunction::compute_scale()
  {
    // The product is largest in the middle of the faces if they go all around,
    // or at a corner of the box around them if some sides are missing.
    const auto         &first = faces[0].vertices[0];
    std::vector<double> middle(dim, 0.), lower = first, upper = first;
    std::size_t         n_vertices = 0;
    for (const FlatFace &face : faces)
      for (const auto &vertex : face.vertices)
        {
          for (unsigned int d = 0; d < dim; ++d)
            {
              middle[d] += vertex[d];
              lower[d] = std::min(lower[d], vertex[d]);
              upper[d] = std::max(upper[d], vertex[d]);
            }
          ++n_vertices;
        }
    for (double &coordinate : middle)
      coordinate /= n_vertices;

    std::vector<std::vector<double>> candidates{middle};
    for (unsigned int corner = 0; corner < (1u << dim); ++corner)
      {
        candidates.push_back(lower);
        for (unsigned int d = 0; d < dim; ++d)
          if (corner & (1u << d))
            candidates.back()[d] = upper[d];
      }

    const JetSpecification value;
    double                 largest = 0.;
    for (const auto &candidate : candidates)
      {
        std::vector<Jet> x;
        for (const double coordinate : candidate)
          x.emplace_back(value, coordinate);
        double product = 1.;
        for (const FlatFace &face : faces)
          product *=
            face.distance(dealii::ArrayView<const Jet>(x.data(), dim))[0] /
            size;
        largest = std::max(largest, std::abs(product));
      }
    scale = largest > 0. ? size / largest : size;
  }



  std::string
  DistanceFunction::name() const
  {
    return "distance";
  }



  std::vector<double>
  DistanceFunction::parameters() const
  {
    std::vector<double> result{static_cast<double>(dim),
                               static_cast<double>(order)};
    for (const FlatFace &face : faces)
      {
        result.push_back(face.trimmed);
        result.push_back(face.vertices.size());
        result.insert(result.end(), face.normal.begin(), face.normal.end());
        for (const auto &vertex : face.vertices)
          result.insert(result.end(), vertex.begin(), vertex.end());
      }
    return result;
  }



  Jet
  DistanceFunction::evaluate(const dealii::ArrayView<const Jet> &x) const
  {
    AssertIndexRange(dim - 1, x.size());

    if (order == 0)
      {
        Jet product(x[0].specification(), scale);
        for (const FlatFace &face : faces)
          product = product * (face.distance(x) / size);
        return product;
      }

    // 1. The single faces. Where two are zero, there is a limit for the value
    // only.
    std::vector<Jet> distances;
    unsigned int     n_tiny = 0, least = 0;
    for (const FlatFace &face : faces)
      {
        distances.push_back(face.distance(x));
        const double here = std::abs(distances.back()[0]);
        n_tiny += here < tiny;
        if (here < std::abs(distances[least][0]))
          least = distances.size() - 1;
      }
    if (n_tiny > 1)
      for (Jet &distance : distances)
        if (std::abs(distance[0]) < tiny)
          distance[0] = tiny;

    // 2. Joined, with the smallest one taken out of the sum: no division by
    // zero where it is zero, no overflow where there are many.
    const Jet &smallest = distances[least];
    Jet        sum(smallest.specification(), 1.);
    for (unsigned int i = 0; i < distances.size(); ++i)
      if (i != least)
        sum += pow(smallest / distances[i], order);
    return smallest * pow(sum, -1. / order);
  }
} // namespace sobolev
